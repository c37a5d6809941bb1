"""Makes columns comparable: dates, places, ages, text. It opens no files and knows nothing of reports."""
