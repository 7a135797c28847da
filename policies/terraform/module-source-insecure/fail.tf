module "a" {
  source = "http://artifacts.example.org/a.zip"
}

module "b" {
  source = "git::http://git.example.org/b.git?ref=v1"
}
