module "own" {
  source = "./own"
}
