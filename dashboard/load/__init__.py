"""Files into the work database: read, checked, added; refused rows are kept with their reason."""
