"""Personal data (KVKK, Law no. 6698): how long each kind is kept, what a person is given, and what is erased."""
