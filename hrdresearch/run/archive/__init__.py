"""Large archives of messages: coded, kept and labelled in parts, in little memory."""
