"""The invented papers of the example folders: scans, photos and downloads, drawn from the records beside them."""
