terraform {
  backend "s3" {
    bucket  = "states"
    key     = "shop.tfstate"
    encrypt = false
  }
}
