"""值班: the page of a shift, its forms, its month."""
