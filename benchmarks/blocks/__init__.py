"""What running documentation costs: skillcheck and its peers in turns over the same generated skill."""
