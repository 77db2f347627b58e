"""践诺 (Jiannuo): a credit office's deliveries in, audited marts with their proof out."""

__version__ = "0.1.0"
