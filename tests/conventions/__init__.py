"""The order of the house, with no list of tolerated sins. Each rule names sins, and is tested on one."""
