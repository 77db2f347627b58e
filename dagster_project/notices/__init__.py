"""Tip sheets (工作提示单, HL8) and rectification notices (整改通知书, GZ12, XX7, YX6): numbered without gaps.

    issued = make_notices(paths, "2024-03", "3607")

The register beside the papers is the truth: it is written last, and what it does not name was never sent.
"""
