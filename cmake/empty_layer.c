typedef int oko_empty_layer; /* keeps a folder without sources buildable */
