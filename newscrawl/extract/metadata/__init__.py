"""What a page states of itself: headline, dates, section, keywords, dateline."""
