"""Communications with States: letters, replies, persons, deadlines."""
