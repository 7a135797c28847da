# METADATA
# title: Shells handed to another machine
# description: Knows the lines with which a program gives whoever listens elsewhere a shell here
package lib.reverse_shell

import rego.v1

# Words of which such a line has one.
words := {"/dev/tcp/", "/dev/udp/", "nc", "socat", "socket", "Socket", "mkfifo", "openssl"}

# True for a line that hands a shell to another machine. To ask whether a port is open is another thing.
is_one(line) if regex.match(`(^|[^A-Za-z0-9_])(ba|z|k|da|a)?sh[[:space:]]+-[a-z]*i[^\n]*/dev/(tcp|udp)/`, line)

is_one(line) if regex.match(`/dev/(tcp|udp)/[^\n]*[[:space:]](0?[<>]&1|0>&[0-9]|<&[0-9])`, line)

is_one(line) if regex.match(`exec[[:space:]]+[0-9]+<>[[:space:]]*/dev/(tcp|udp)/[^\n]*(sh|while)`, line)

is_one(line) if regex.match(`(^|[^A-Za-z0-9_.-])(nc|ncat|netcat)(\.traditional|\.openbsd)?([[:space:]][^|;&\n]*)?[[:space:]]((-[a-z]*[ec]|--exec|--sh-exec)[[:space:]=]*"?'?[^[:space:]]*(sh|bash|cmd|powershell)([^A-Za-z0-9]|$))`, line)

is_one(line) if regex.match(`mkfifo[^\n]*(^|[^A-Za-z0-9_.-])(nc|ncat|netcat|telnet|openssl[[:space:]]+s_client)[[:space:]]`, line)

is_one(line) if regex.match(`(^|[^A-Za-z0-9_.-])socat[[:space:]][^\n]*(exec|EXEC|system|SYSTEM):`, line)

is_one(line) if {
	regex.match(`(socket|Socket|TCPSocket|fsockopen)`, line)
	regex.match(`(connect|Connect|TCPSocket|fsockopen|TCPClient)`, line)
	regex.match(`(dup2|pty\.spawn|subprocess|/bin/(ba)?sh|exec[[:space:]]*[({"'/ ]|GetStream)`, line)
}
