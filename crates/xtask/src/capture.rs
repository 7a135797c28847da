//! `cargo xtask capture`: the README's picture of a terminal, from a real run of the demo.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::Context as _;

use crate::setup::workspace;

const COLUMNS: usize = 118;
const MOST_LINES: usize = 64;
const CELL_WIDTH: f64 = 8.0;
const LINE_HEIGHT: usize = 18;

/// Runs the demo and writes `docs/demo.svg`.
pub(crate) fn run() -> anyhow::Result<()> {
    let output = Command::new(env!("CARGO"))
        .args([
            "run",
            "--release",
            "--quiet",
            "--",
            "scan",
            "fixtures/demo",
            "--color",
            "always",
            "--now",
            "2026-08-25",
        ])
        .current_dir(workspace())
        .output()
        .context("the demo did not start")?;
    let text = without_links(&String::from_utf8(output.stdout).context("the report is UTF-8")?);
    let picture = draw("$ portcullis scan fixtures/demo", &text, output.status.code().unwrap_or(-1));
    let path = workspace().join("docs/demo.svg");
    std::fs::create_dir_all(workspace().join("docs"))?;
    std::fs::write(&path, picture).context("docs/demo.svg cannot be written")?;
    println!("wrote docs/demo.svg ({} lines of report)", text.lines().count());
    Ok(())
}

/// The text of links without where they lead (OSC 8), which a picture cannot show.
fn without_links(text: &str) -> String {
    const LINK: &str = "\u{1b}]8;";
    const END: &str = "\u{1b}\\";
    let mut pieces = text.split(LINK);
    let first = pieces.next().unwrap_or_default().to_owned();
    first + &pieces.map(|piece| piece.split_once(END).map_or(piece, |(_, rest)| rest)).collect::<String>()
}

/// A terminal window as SVG. What does not fit is counted, not dropped silently.
fn draw(command: &str, text: &str, code: i32) -> String {
    let all: Vec<&str> = text.lines().collect();
    let mut lines = vec![command.to_owned()];
    if all.len() > MOST_LINES {
        let head = MOST_LINES * 2 / 3;
        let tail = MOST_LINES - head;
        lines.extend(all[..head].iter().map(|line| (*line).to_owned()));
        lines.push(format!("\u{1b}[2m… {} more lines …\u{1b}[0m", all.len() - head - tail));
        lines.extend(all[all.len() - tail..].iter().map(|line| (*line).to_owned()));
    } else {
        lines.extend(all.iter().map(|line| (*line).to_owned()));
    }
    lines.push(format!("$ echo $?\n{code}"));
    let lines: Vec<String> =
        lines.iter().flat_map(|line| line.split('\n').map(str::to_owned).collect::<Vec<_>>()).collect();
    let (width, height) = (COLUMNS as f64 * CELL_WIDTH + 24.0, lines.len() * LINE_HEIGHT + 24);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"ui-monospace,Menlo,Consolas,monospace\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#14161b\"/>\n"
    );
    for (at, line) in lines.iter().enumerate() {
        let y = 24 + at * LINE_HEIGHT;
        let _ =
            writeln!(svg, "<text x=\"12\" y=\"{y}\" fill=\"#d4d7dd\" xml:space=\"preserve\">{}</text>", spans(line));
    }
    svg.push_str("</svg>\n");
    svg
}

/// One line: SGR escapes to coloured pieces.
fn spans(line: &str) -> String {
    let mut out = String::new();
    let mut style = Style::default();
    let mut pieces = line.split("\u{1b}[");
    out.push_str(&style.piece(pieces.next().unwrap_or_default()));
    for piece in pieces {
        let (codes, rest) = piece.split_once('m').unwrap_or(("", piece));
        style.apply(codes);
        out.push_str(&style.piece(rest));
    }
    out
}

#[derive(Default)]
struct Style {
    colour: Option<&'static str>,
    bold: bool,
    dim: bool,
}

impl Style {
    fn apply(&mut self, codes: &str) {
        let mut codes = codes.split(';').map(|code| code.parse::<u32>().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                0 => *self = Style::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                22 => (self.bold, self.dim) = (false, false),
                39 => self.colour = None,
                30..=37 => self.colour = Some(PALETTE[code as usize - 30]),
                90..=97 => self.colour = Some(PALETTE[code as usize - 90]),
                38 => {
                    // 256-colour codes: the first sixteen are the palette, the rest is shown plain.
                    codes.next();
                    self.colour = codes.next().and_then(|index| PALETTE.get(index as usize % 8).copied());
                }
                _ => {}
            }
        }
    }

    fn piece(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let fill = self.colour.map(|colour| format!(" fill=\"{colour}\"")).unwrap_or_default();
        let bold = if self.bold { " font-weight=\"bold\"" } else { "" };
        let dim = if self.dim { " opacity=\"0.6\"" } else { "" };
        format!("<tspan{fill}{bold}{dim}>{escaped}</tspan>")
    }
}

const PALETTE: [&str; 8] = ["#6b7280", "#ff6b6b", "#6bd08a", "#f2c55c", "#6ea8fe", "#c792ea", "#5ccfe6", "#e6e8ec"];
