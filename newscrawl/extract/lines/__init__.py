"""Lines that stand alone in a text: their forms, links in them, and promotions among them."""
