"""Dates as they are typed in Turkey, with dots; Django's own list has slashes alone."""

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"]
