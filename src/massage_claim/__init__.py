"""massage-claim: gets therapeutic massage claims ready for US health insurance."""

__version__ = "0.1.0"
