terraform {
  required_version = "~> 1.9"
}

resource "random_id" "a" {
  byte_length = 4
}
