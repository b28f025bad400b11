"""The project folder on disk: read whole, and added to; nothing a person wrote is ever overwritten."""
