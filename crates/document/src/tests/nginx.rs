//! nginx: directives and blocks.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Nginx, text)
}

#[test]
fn directives() {
    assert_snapshot!(check("# é\nuser  www; # who\nserver {\n  listen 443 ssl;\n  add_header X \"a;b{\\\"}\";\n  location ~ \\.php$ { }\n}\n"), @r#"
    --- 0 plain
    . {} 1:1-7:2
    directives [] 1:1-7:2 key «# é⏎user  www; # who⏎server {⏎  listen 443 ssl;⏎  add_header X "a;b{\"}";⏎  location ~ \.php$ { }⏎}»
    directives[0] {} 2:1-2:11
    directives[0].name = "user" 2:1-2:5 «user» key «user»
    directives[0].parameters [] 2:7-2:10 key «user»
    directives[0].parameters[0] = "www" 2:7-2:10 «www»
    directives[1] {} 3:1-7:2
    directives[1].name = "server" 3:1-3:7 «server» key «server»
    directives[1].block {} 3:8-7:2 key «{»
    directives[1].block.directives [] 3:8-7:2 key «{⏎  listen 443 ssl;⏎  add_header X "a;b{\"}";⏎  location ~ \.php$ { }⏎}»
    directives[1].block.directives[0] {} 4:3-4:18
    directives[1].block.directives[0].name = "listen" 4:3-4:9 «listen» key «listen»
    directives[1].block.directives[0].parameters [] 4:10-4:17 key «listen»
    directives[1].block.directives[0].parameters[0] = "443" 4:10-4:13 «443»
    directives[1].block.directives[0].parameters[1] = "ssl" 4:14-4:17 «ssl»
    directives[1].block.directives[1] {} 5:3-5:26
    directives[1].block.directives[1].name = "add_header" 5:3-5:13 «add_header» key «add_header»
    directives[1].block.directives[1].parameters [] 5:14-5:25 key «add_header»
    directives[1].block.directives[1].parameters[0] = "X" 5:14-5:15 «X»
    directives[1].block.directives[1].parameters[1] = "\"a;b{\\\"}\"" 5:16-5:25 «"a;b{\"}"»
    directives[1].block.directives[2] {} 6:3-6:24
    directives[1].block.directives[2].name = "location" 6:3-6:11 «location» key «location»
    directives[1].block.directives[2].parameters [] 6:12-6:20 key «location»
    directives[1].block.directives[2].parameters[0] = "~" 6:12-6:13 «~»
    directives[1].block.directives[2].parameters[1] = "\\.php$" 6:14-6:20 «\.php$»
    directives[1].block.directives[2].block {} 6:21-6:24 key «{»
    directives[1].block.directives[2].block.directives [] 6:21-6:24 key «{ }»
    "#);
    assert_snapshot!(check("if ($host = \"x\") { return 301 https://${h}/a; }"), @r#"
    --- 0 plain
    . {} 1:1-1:48
    directives [] 1:1-1:48 key «if ($host = "x") { return 301 https://${h}/a; }»
    directives[0] {} 1:1-1:48
    directives[0].name = "if" 1:1-1:3 «if» key «if»
    directives[0].parameters [] 1:4-1:17 key «if»
    directives[0].parameters[0] = "($host" 1:4-1:10 «($host»
    directives[0].parameters[1] = "=" 1:11-1:12 «=»
    directives[0].parameters[2] = "\"x\"" 1:13-1:16 «"x"»
    directives[0].parameters[3] = ")" 1:16-1:17 «)»
    directives[0].block {} 1:18-1:48 key «{»
    directives[0].block.directives [] 1:18-1:48 key «{ return 301 https://${h}/a; }»
    directives[0].block.directives[0] {} 1:20-1:46
    directives[0].block.directives[0].name = "return" 1:20-1:26 «return» key «return»
    directives[0].block.directives[0].parameters [] 1:27-1:45 key «return»
    directives[0].block.directives[0].parameters[0] = "301" 1:27-1:30 «301»
    directives[0].block.directives[0].parameters[1] = "https://${h}/a" 1:31-1:45 «https://${h}/a»
    "#);
}

#[test]
fn faults() {
    assert_snapshot!(check("server {\n listen 1;\n"), @"Error Truncated 3:1 no valid nginx configuration: a block is not closed, the file was not read");
    assert_snapshot!(check("listen 1\n"), @"Error Truncated 2:1 no valid nginx configuration: a directive is not ended by `;`, the file was not read");
    assert_snapshot!(check("server { listen 1 }"), @"Error Syntax 1:19 no valid nginx configuration: a directive is not ended by `;`, the file was not read");
    assert_snapshot!(check("}"), @"Error Syntax 1:1 no valid nginx configuration: a directive is expected, the file was not read");
    assert_snapshot!(check("a 'open;\n"), @"Error Syntax 1:3 no valid nginx configuration: a quote is not closed, the file was not read");
    assert_snapshot!(check("listen {{ port }};"), @"Error Syntax 1:9 text looks like a template (`{{`): it must be rendered before it can be judged, and was not read");
    assert_snapshot!(check("# nothing\n"), @"");
}
