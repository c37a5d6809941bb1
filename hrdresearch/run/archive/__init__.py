"""Large archives of messages, coded in parts so that little memory is needed; and labelled messages."""
