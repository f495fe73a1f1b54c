"""旷工认定: what it decides of half-days, the acts on a paper, and the half-days still 待核."""
