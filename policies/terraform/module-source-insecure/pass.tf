module "a" {
  source = "git::https://git.example.org/a.git?ref=v1"
}

module "b" {
  source = "git::ssh://git@git.example.org/b.git?ref=v1"
}
