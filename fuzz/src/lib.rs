//! One target for every parser of foreign bytes.
//!
//! A target is a plain function, so that a stable toolchain can run it too: it must not panic, not run for long, and what it
//! gives must keep the promises of its room (spans lie in the text, problems are located, what is written reads back).
//! `fuzz_targets/` hands each to the fuzzer; `src/main.rs` runs them on seeds and on mutations of seeds.

pub mod archive;
pub mod cache_entry;
pub mod codeowners;
pub mod config;
pub mod csv;
pub mod detector;
pub mod docker_archive;
pub mod dockerfile;
mod documents;
pub mod dotenv;
pub mod edn;
pub mod hcl;
pub mod ignore_file;
mod image;
pub mod ini;
pub mod json;
pub mod jsonc;
pub mod layer;
pub mod manifest;
pub mod mutate;
pub mod nginx;
pub mod osv;
pub mod properties;
pub mod purl;
mod records;
pub mod rego;
pub mod remarks;
pub mod report;
pub mod rustsec;
pub mod snapshot;
pub mod spdx;
pub mod stack;
pub mod textproto;
pub mod toml;
pub mod versions;
pub mod waivers;
pub mod xml;
pub mod yaml;

/// A target with its name and folders of the repository that hold seeds for it.
pub struct Target {
    /// The name, also of the file in `fuzz_targets/`.
    pub name: &'static str,
    /// The function.
    pub run: fn(&[u8]),
    /// Files or folders, from the root of the repository.
    pub seeds: &'static [&'static str],
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "archive", run: archive::target, seeds: &["fixtures/demo/service-image.tar", "fixtures/images"] },
    Target { name: "cache_entry", run: cache_entry::target, seeds: &["fuzz/seeds/cache_entry"] },
    Target { name: "codeowners", run: codeowners::target, seeds: &["fixtures/documents/codeowners"] },
    Target { name: "config", run: config::target, seeds: &["fuzz/seeds/config"] },
    Target { name: "csv", run: csv::target, seeds: &["fixtures/documents/csv"] },
    Target {
        name: "detector",
        run: detector::target,
        seeds: &["fixtures/lockfiles", "fixtures/installed", "fixtures/demo"],
    },
    Target { name: "docker_archive", run: docker_archive::target, seeds: &["fuzz/seeds/docker_archive"] },
    Target {
        name: "dockerfile",
        run: dockerfile::target,
        seeds: &["fixtures/documents/dockerfile", "fixtures/documents/conftest"],
    },
    Target { name: "dotenv", run: dotenv::target, seeds: &["fixtures/documents/dotenv"] },
    Target { name: "edn", run: edn::target, seeds: &["fixtures/documents/edn"] },
    Target { name: "hcl", run: hcl::target, seeds: &["fixtures/documents/hcl"] },
    Target { name: "ignore_file", run: ignore_file::target, seeds: &["fixtures/documents/ignore"] },
    Target { name: "ini", run: ini::target, seeds: &["fixtures/documents/ini"] },
    Target { name: "json", run: json::target, seeds: &["fixtures/documents/json", "fixtures/documents/kubectl"] },
    Target { name: "jsonc", run: jsonc::target, seeds: &["fixtures/documents/jsonc"] },
    Target {
        name: "layer",
        run: layer::target,
        seeds: &["fuzz/seeds/layer", "fixtures/demo/service-image.tar", "fixtures/images"],
    },
    Target { name: "manifest", run: manifest::target, seeds: &["fuzz/seeds/manifest"] },
    Target { name: "nginx", run: nginx::target, seeds: &["fixtures/documents/nginx"] },
    Target { name: "osv", run: osv::target, seeds: &["fuzz/seeds/osv", "fixtures/advisories"] },
    Target { name: "properties", run: properties::target, seeds: &["fixtures/documents/properties"] },
    Target { name: "purl", run: purl::target, seeds: &["fuzz/seeds/purl"] },
    Target { name: "rego", run: rego::target, seeds: &["policies", "fuzz/seeds/rego"] },
    Target { name: "remarks", run: remarks::target, seeds: &["fuzz/seeds/remarks"] },
    Target { name: "report", run: report::target, seeds: &["fuzz/seeds/report"] },
    Target { name: "rustsec", run: rustsec::target, seeds: &["fuzz/seeds/rustsec"] },
    Target {
        name: "snapshot",
        run: snapshot::target,
        seeds: &["fuzz/seeds/purl", "fuzz/seeds/versions", "fuzz/seeds/osv"],
    },
    Target { name: "spdx", run: spdx::target, seeds: &["fixtures/documents/spdx"] },
    Target { name: "stack", run: stack::target, seeds: &["fuzz/seeds/stack", "fuzz/seeds/layer"] },
    Target { name: "textproto", run: textproto::target, seeds: &["fixtures/documents/textproto"] },
    Target { name: "toml", run: toml::target, seeds: &["fixtures/documents/toml"] },
    Target { name: "versions", run: versions::target, seeds: &["fuzz/seeds/versions"] },
    Target { name: "waivers", run: waivers::target, seeds: &["fuzz/seeds/waivers"] },
    Target { name: "xml", run: xml::target, seeds: &["fixtures/documents/xml"] },
    Target { name: "yaml", run: yaml::target, seeds: &["fixtures/documents/yaml", "fixtures/documents/kubectl"] },
];
