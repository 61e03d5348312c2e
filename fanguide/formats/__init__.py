"""Forms of dates that replace Django's: one folder for each language, as FORMAT_MODULE_PATH asks."""
