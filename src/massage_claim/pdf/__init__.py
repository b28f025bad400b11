"""Blocks to PDF bytes. Takes `writing.blocks`, gives pages; the only room that opens ReportLab, and it knows no claims."""
