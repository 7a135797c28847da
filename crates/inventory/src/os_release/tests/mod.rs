//! The quoting of a shell, and every real file there is a sample of.

use insta::assert_snapshot;
use model::Os;

use super::DETECTOR;
use super::assignment::{Line, read_line};
use crate::hostile::survives;
use crate::listing::{list, run};

const QUOTING: &str = include_str!("../../../../../fixtures/installed/os-release/quoting");

fn check(text: &str) -> String {
    list(&run(&DETECTOR, "etc/os-release", text.as_bytes()))
}

fn check_value(raw: &str, expected: &str) {
    match read_line(&format!("A={raw}")) {
        Line::Assignment { value, .. } => assert_eq!(value, expected, "{raw}"),
        _ => panic!("{raw} is an assignment"),
    }
}

#[test]
fn a_file() {
    assert_snapshot!(check(QUOTING), @r#"
    Os { id: "debian", version: Some("12"), codename: Some("bookworm"), like: ["first", "second"], name: Some("a \"b\" $c `d` \\ \\e 'f'") }
    Warning Syntax line 11: this line is no `NAME=value` assignment and is ignored
    Warning Syntax line 12: this line is no `NAME=value` assignment and is ignored
    Warning Syntax line 13: the value of `HOME_URL` has no closing quote
    Warning Syntax line 14: the value of `SUPPORT_URL` is followed by more words, which are ignored
    "#);
}

#[test]
fn values() {
    check_value("plain", "plain");
    check_value("", "");
    check_value("\"two words\"", "two words");
    check_value("'a\\b\"c'", "a\\b\"c");
    check_value(r#""\"\$\`\\\n""#, r#""$`\\n"#);
    check_value(r"a\ b", "a b");
    check_value("a\"b\"'c'd", "abcd");
    check_value("a # b", "a");
    check_value("a#b", "a#b");
    check_value("\"open", "open");
    check_value("\"ends in a backslash\\", "ends in a backslash\\");
}

#[test]
fn gaps() {
    assert_snapshot!(check("NAME=x\n"), @"Warning UnknownOs: no `ID`: the operating system is not known and its packages cannot be matched with advisories");
    assert_snapshot!(check("ID=debian\nVERSION_CODENAME=sid\n"), @r#"
    Os { id: "debian", version: None, codename: Some("sid"), like: [], name: None }
    Warning UnknownOs: no `VERSION_ID`: which release of `debian` this is, and so which advisories, is not known
    "#);
    assert_snapshot!(check("ID=unheard-of\nVERSION_ID=1\n"), @r#"
    Os { id: "unheard-of", version: Some("1"), codename: None, like: [], name: None }
    Warning UnknownOs: `unheard-of` is no distribution we have advisories for: its packages are not matched
    "#);
    assert_snapshot!(check(""), @"Warning UnknownOs: no `ID`: the operating system is not known and its packages cannot be matched with advisories");
}

/// One line a sample: what is known of it. The only problems are gaps in what it says.
#[test]
fn samples() {
    let Some(folder) = testkit::shared("samples/os-files/os/release") else { return };
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut text = String::new();
    for path in paths {
        let parsed = run(&DETECTOR, "etc/os-release", &std::fs::read(&path).expect("a readable sample"));
        let name = path.file_name().expect("a name").to_string_lossy();
        let problems = parsed.problems.iter().map(|problem| format!(" ({:?})", problem.kind)).collect::<String>();
        text.push_str(&format!("{name}: {}{problems}\n", parsed.os.as_ref().map_or("unknown".to_owned(), show)));
    }
    assert_snapshot!(text, @r"
    activestate: activestate 1.0 like buildroot busybox (UnknownOs)
    alma: almalinux 9.4 like rhel centos fedora
    alpine: alpine 3.15.4 like 
    azurelinux-3.0: azurelinux 3.0 like 
    bottlerocket: bottlerocket 1.34.0 like  (UnknownOs)
    centos: centos 7 like rhel fedora (UnknownOs)
    centos-stream: centos 8 like rhel fedora (UnknownOs)
    coreos: coreos 3.15.4 like  (UnknownOs)
    echo: echo 1 like 
    fedora: fedora 42 like  (UnknownOs)
    mariner-1.0: mariner 1.0 like 
    mariner-2.0: mariner 2.0 like 
    minimos: minimos 20241031 like 
    no-id: unknown (UnknownOs)
    no-version: alpine ? like  (UnknownOs)
    opensuseleap-15.2.1: opensuse-leap 15.2.1 like suse opensuse
    opensuseleap-42.3: opensuse 42.3 like suse
    opensusetumbleweed: opensuse-tumbleweed 20220412 like opensuse suse
    oracle: ol 8.10 like fedora (UnknownOs)
    photon: photon 4.0 like 
    rhel: rhel 9.4 like fedora
    rocky: rocky 9.3 like rhel centos fedora
    slemicro: sle-micro 5.3 like suse
    slemicro-rancher: sle-micro-rancher 5.4 like suse
    slemicro6.0: sl-micro 6.0 like suse
    sles: sles 15.3 like suse
    unknown: unknown 4.3.2 like  (UnknownOs)
    ");
}

fn show(os: &Os) -> String {
    format!("{} {} like {}", os.id, os.version.as_deref().unwrap_or("?"), os.like.join(" "))
}

fn check_older(name: &str, text: &str, expected: &str) {
    let parsed = run(&DETECTOR, &format!("etc/{name}"), text.as_bytes());
    let found = parsed.os.map_or("unknown".to_owned(), |os| format!("{} {}", os.id, os.version.unwrap_or_default()));
    assert_eq!((found.as_str(), parsed.problems.len()), (expected, 0), "{name}");
}

#[test]
fn before_os_release() {
    check_older("redhat-release", "Red Hat Enterprise Linux Server release 6.10 (Santiago)\n", "rhel 6.10");
    check_older("redhat-release", "Red Hat Linux release 6.2 (Zoot)\n", "unknown");
    check_older("centos-release", "CentOS release 6.10 (Final)\n", "centos 6");
    check_older("oracle-release", "Oracle Linux Server release 7.6\n", "ol 7.6");
    check_older("system-release", "Amazon Linux AMI release 2018.03\n", "amzn 2018.03");
    check_older("SuSE-release", "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n", "sles 11");
    check_older("debian_version", "6.0.10\n", "debian 6");
    check_older("debian_version", "jessie/sid\n", "unknown");
    check_older("alpine-release", "3.4.6\n", "alpine 3.4.6");
    check_older("lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\nDISTRIB_CODENAME=trusty\n", "ubuntu 14.04");
    check_older("lsb-release", "LSB_VERSION=base-4.0-amd64\n", "unknown");
    check_older("redhat-release", "", "unknown");
}

#[test]
fn older_samples() {
    let Some(folder) = testkit::shared("samples/os-files/os") else { return };
    let check = |sample: &str, expected: &str| {
        let text = std::fs::read_to_string(folder.join(sample)).expect("a readable sample");
        check_older(sample.rsplit('/').next().unwrap_or_default(), &text, expected);
    };
    check("debian/debian_9/etc/debian_version", "debian 9");
    check("debian/debian_sid/etc/debian_version", "unknown");
    check("redhatbase/alma/almalinux-release", "almalinux 8.4");
    check("redhatbase/centos/centos-release", "centos 7");
    check("redhatbase/fedora_29/fedora-release", "fedora 29");
    check("redhatbase/oracle_7/oracle-release", "ol 7.6");
    check("redhatbase/rocky/rocky-release", "rocky 8.4");
    check("ubuntu/lsb-release", "ubuntu 18.04");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "etc/os-release", QUOTING.as_bytes());
    survives(&DETECTOR, "etc/lsb-release", b"DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\n");
    survives(&DETECTOR, "etc/redhat-release", b"CentOS release 6.10 (Final)\n");
}
