//! TOML: tables where they stand, values as they are.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Toml, text)
}

#[test]
fn tables_and_values() {
    assert_snapshot!(check("t = \"é\"\n[a.b]\nc.d = 1\n[[p]]\nn = 'q'\n[p.s]\nz = [1, {x = 2}]\n[[p]]\nn = '''r'''\n[a.e]\nf = -0.5\n"), @r#"
    --- 0 plain
    . {} 1:1-11:9
    t = "é" 1:5-1:8 «"é"» key «t»
    a {} 2:2-2:3 key «a»
    a.b {} 2:1-2:6 key «b»
    a.b.c {} 3:1-3:8 key «c»
    a.b.c.d = 1 3:7-3:8 «1» key «d»
    a.e {} 10:1-11:9 key «e»
    a.e.f = -0.5 11:5-11:9 «-0.5» key «f»
    p [] 4:1-9:12 key «p»
    p[0] {} 4:1-5:8
    p[0].n = "q" 5:5-5:8 «'q'» key «n»
    p[0].s {} 6:1-7:17 key «s»
    p[0].s.z [] 7:5-7:17 key «z»
    p[0].s.z[0] = 1 7:6-7:7 «1»
    p[0].s.z[1] {} 7:9-7:16
    p[0].s.z[1].x = 2 7:14-7:15 «2» key «x»
    p[1] {} 8:1-9:12
    p[1].n = "r" 9:5-9:12 «'''r'''» key «n»
    "#);
}

#[test]
fn what_json_does_not_have() {
    assert_snapshot!(check("d = 1979-05-27T07:32:00Z\nl = 07:32:00\nn = nan\ni = -inf\nh = 0xff\nu = -1_000\nb = true\n"), @r#"
    --- 0 plain
    . {} 1:1-7:9
    d = "1979-05-27T07:32:00Z" 1:5-1:25 «1979-05-27T07:32:00Z» key «d»
    l = "07:32:00" 2:5-2:13 «07:32:00» key «l»
    n = "nan" 3:5-3:8 «nan» key «n»
    i = "-inf" 4:5-4:9 «-inf» key «i»
    h = 255 5:5-5:9 «0xff» key «h»
    u = -1000 6:5-6:11 «-1_000» key «u»
    b = true 7:5-7:9 «true» key «b»
    "#);
}

#[test]
fn byte_order_mark() {
    assert_snapshot!(check("\u{feff}a = 1\r\n[b]\r\nc = 2\r\n"), @r"
    --- 0 plain
    . {} 1:2-3:6
    a = 1 1:6-1:7 «1» key «a»
    b {} 2:1-3:6 key «b»
    b.c = 2 3:5-3:6 «2» key «c»
    ");
}

#[test]
fn faults() {
    assert_snapshot!(check("a = \nb = 2\nc = [1\n"), @r"
    Error Syntax 3:7 no valid TOML: unclosed array, expected `]`, the file was not read
    Error Syntax 1:5 no valid TOML: string values must be quoted, expected literal string, the file was not read
    ");
    assert_snapshot!(check("a = 1\na = 2\n"), @"Error Syntax 2:1 no valid TOML: duplicate key, the file was not read");
    assert_snapshot!(check("a = {{ x }}\n"), @"Error Syntax 1:6 text looks like a template (`{{`): it must be rendered before it can be judged, and was not read");
    assert_snapshot!(check("# nothing\n"), @"");
}
