module "logs" {
  source = "git::https://git.example.org/modules/logs.git?ref=v1.2.0"
}

module "any" {
  source = "github.com/example/any"
}
