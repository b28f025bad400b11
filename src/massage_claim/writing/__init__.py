"""A template and values become neutral blocks; knows neither records nor PDF."""
