"""Building a packet: which visits, which papers, in which order, as one file or in other forms."""
