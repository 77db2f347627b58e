"""The suites of `expectations/`, and the bridge that runs them."""
