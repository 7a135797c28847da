//! Programs of Debian, whose version the package states, and those of this machine, which print theirs.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Parsed;
use crate::listing::{list, run};
use crate::runtime::{FINGERPRINT, JAVA_RELEASE, RELEASE};

/// Where a program really lies.
fn which(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file());
    found.and_then(|path| path.canonicalize().ok())
}

fn printed(program: &Path, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output().expect("the program runs");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

fn skip(name: &str) {
    testkit::skip(&format!("the version of the real {name}"), "it is not installed");
}

fn read(file: &Path) -> Parsed {
    let path = file.to_str().expect("a path of text").trim_start_matches('/');
    run(&FINGERPRINT, path, &std::fs::read(file).expect("a file can be read"))
}

/// What is found in the program or in the library it is started from stands in what it prints. What is not on this machine is
/// no matter: Debian's programs are tested everywhere.
fn check(name: &str, argument: &str, product: &str, before: &str) {
    let Some(program) = which(name) else { return };
    let Some(files) = files_of(&program, product) else { return };
    let text = printed(&program, argument);
    for file in files {
        let parsed = read(&file);
        let package = parsed.packages.iter().find(|package| package.name == product);
        let Some(package) = package else { panic!("{}: {}", file.display(), list(&parsed)) };
        let version = package.version.as_deref().unwrap_or_default();
        let wanted = format!("{before}{version}");
        let rest = text.find(&wanted).map(|at| &text[at + wanted.len()..]);
        let is_whole = rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit() || next == '.'));
        assert!(is_whole, "{}: `{wanted}` is not in {text}", file.display());
    }
}

/// The program, or the library that does its work, when it says its version.
fn files_of(program: &Path, product: &str) -> Option<Vec<PathBuf>> {
    let bytes = std::fs::read(program).ok().filter(|bytes| bytes.starts_with(b"\x7fELF"))?;
    drop(bytes);
    let linked = printed(Path::new("ldd"), program.to_str()?);
    let libraries = linked.lines().filter_map(|line| line.split("=> ").nth(1)?.split(' ').next());
    let libraries = libraries.filter_map(|path| PathBuf::from(path).canonicalize().ok());
    let files = std::iter::once(program.to_owned()).chain(libraries);
    let saying = files.filter(|file| file.exists() && read(file).packages.iter().any(|found| found.name == product));
    let saying: Vec<PathBuf> = saying.collect();
    assert!(!saying.is_empty(), "neither {} nor a library of it says a version of {product}", program.display());
    Some(saying)
}

/// Where the set-up has unpacked them; each line is product, version and file.
#[test]
fn debian() {
    let root = testkit::workspace().join(".cache/programs");
    let Ok(expected) = std::fs::read_to_string(root.join("expected.txt")) else {
        return testkit::skip("programs of Debian", "run `cargo xtask setup` once, it unpacks them");
    };
    let mut wrong = String::new();
    for line in expected.lines() {
        let [product, version, file] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        // Below the name of the product lies the root of the package.
        let inside = file.split_once('/').map_or(file, |(_, inside)| inside);
        let parsed = run(&FINGERPRINT, inside, &std::fs::read(root.join(file)).expect("a file can be read"));
        let found = parsed.packages.iter().find(|package| package.name == product);
        if found.and_then(|package| package.version.as_deref()) != Some(version) {
            wrong.push_str(&format!("{line}: {}\n", list(&parsed)));
        }
    }
    assert_eq!(wrong, "");
    assert!(expected.lines().count() >= 10, "{expected}");
}

#[test]
fn languages() {
    check("node", "--version", "node", "v");
    check("ruby", "--version", "ruby", "ruby ");
    check("php", "--version", "php", "PHP ");
    check("perl", "--version", "perl", "(v");
    check("lua5.4", "-v", "lua", "Lua ");
    check("deno", "--version", "deno", "deno ");
    check("bun", "--version", "bun", "");
}

#[test]
fn pythons() {
    let mut programs: Vec<PathBuf> = which("/usr/bin/python3").into_iter().collect();
    programs.extend(std::env::home_dir().into_iter().flat_map(|home| {
        let versions = std::fs::read_dir(home.join(".pyenv/versions")).into_iter().flatten().flatten();
        versions.filter_map(|version| version.path().join("bin/python").canonicalize().ok()).collect::<Vec<_>>()
    }));
    for program in programs {
        check(program.to_str().expect("a path of text"), "--version", "python", "Python ");
    }
}

#[test]
fn servers() {
    check("nginx", "-v", "nginx", "nginx/");
    check("apache2", "-v", "httpd", "Apache/");
    check("haproxy", "-v", "haproxy", "version ");
    check("redis-server", "--version", "redis", "v=");
    check("valkey-server", "--version", "valkey", "v=");
    check("memcached", "--version", "memcached", "memcached ");
    check("postgres", "--version", "postgresql", "(PostgreSQL) ");
    check("mariadbd", "--version", "mariadb", "Ver ");
    check("sshd", "-V", "openssh", "OpenSSH_");
}

#[test]
fn tools() {
    check("bash", "--version", "bash", "version ");
    check("busybox", "--help", "busybox", "BusyBox v");
    check("git", "--version", "git", "git version ");
    check("curl", "--version", "curl", "curl ");
    check("openssl", "version", "openssl", "OpenSSL ");
    check("sqlite3", "--version", "sqlite", "");
}

#[test]
fn go() {
    let Some(program) = which("go") else { return skip("go") };
    let root = program.parent().and_then(Path::parent).expect("go lies in bin");
    let bytes = std::fs::read(root.join("VERSION")).expect("the file of the version");
    let parsed = run(&RELEASE, "usr/local/go/VERSION", &bytes);
    let version = parsed.packages[0].version.as_deref().expect("a version");
    assert!(printed(&program, "version").contains(&format!("go{version} ")), "{version}");
}

#[test]
fn java() {
    let Some(program) = which("java") else { return };
    let root = program.parent().and_then(Path::parent).expect("java lies in bin");
    let Ok(bytes) = std::fs::read(root.join("release")) else { return };
    let parsed = run(&JAVA_RELEASE, "opt/java/release", &bytes);
    let version = parsed.packages[0].version.as_deref().expect("a version");
    assert!(printed(&program, "-version").contains(&format!("version \"{version}\"")), "{version}");
}

#[test]
fn rust() {
    let Some(home) = std::env::home_dir() else { return };
    let toolchains = std::fs::read_dir(home.join(".rustup/toolchains")).into_iter().flatten().flatten();
    let stable = toolchains.map(|entry| entry.path()).find(|path| path.to_string_lossy().contains("stable"));
    let Some(folder) = stable else { return };
    let mut libraries = std::fs::read_dir(folder.join("lib")).expect("a folder").flatten().map(|entry| entry.path());
    let driver = libraries.find(|path| path.to_string_lossy().contains("librustc_driver"));
    let parsed = read(&driver.expect("the driver"));
    let version = parsed.packages[0].version.as_deref().expect("a version");
    assert!(printed(&folder.join("bin/rustc"), "--version").contains(&format!("rustc {version} ")), "{version}");
}
