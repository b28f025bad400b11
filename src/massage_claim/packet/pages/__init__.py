"""How papers, PDFs and pictures become the pages of a packet."""
