"""What the office hands in on paper: figures in, pages of a workbook out."""
