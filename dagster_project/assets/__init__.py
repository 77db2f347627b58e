"""The assets, one file for each room: what arrived, what the models make of it, what is published."""
