"""The public pack (GZ4, JS3): what may stand on the credit portal, from the published marts alone, frozen.

    made = make_pack(paths, "2024-03", "3607")

`suppress` is the only module that decides which counts are shown; docs/public-pack.md tells how.
"""
