"""The command `jiannuo`: what people type, and what it says to them."""
