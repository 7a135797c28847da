resource "random_id" "a" {
  byte_length = 4
}

terraform {
  backend "s3" {}
}
