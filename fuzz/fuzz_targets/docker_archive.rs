//! See `portcullis_fuzz::docker_archive`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::docker_archive::target(data));
