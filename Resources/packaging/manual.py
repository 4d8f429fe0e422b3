#!/usr/bin/env python3
"""Writes the manual's pages in mdoc(7), of what `popsec --experimental-dump-help` says: popsec.1, and one page for each
command. ArgumentParser's own plugin would build the whole program a second time, and knows no examples.

What all commands share is taken from the files of FOLDER/topics, which hold what `popsec help TOPIC` prints.

usage: popsec --experimental-dump-help | manual.py FOLDER YYYY-MM-DD
"""
import json
import pathlib
import re
import sys
import textwrap

COMMON = {"store", "keys", "allow-loose-rights", "json", "help", "version"}


def text(words):
    """Free text, of which no character means anything to mdoc."""
    sentences = re.split(r"(?<=[A-Za-z0-9)\]][.!?])\s+(?=[A-Z])", words.strip())
    wrapped = [textwrap.wrap(one, 100, break_long_words=False, break_on_hyphens=False) for one in sentences]
    lines = []
    for line in sum(wrapped, []):
        line = line.replace("\\", "\\e").replace("-", "\\-")
        lines.append("\\&" + line if line[0] in ".'" else line)
    return "\n".join(lines)


def split_examples(words):
    """A discussion, and the command lines under Examples: in it, of which a backslash joins the next line."""
    discussion, _, below = ("\n" + words).partition("\nExamples:\n")
    lines = re.sub(r"\\\n\s*", "", below).split("\n")
    return discussion.strip(), [line.strip() for line in lines if line.strip()]


def literal(lines):
    """Lines of a terminal, as they are."""
    shown = [line.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq") for line in lines]
    return "\n".join([".Bd -literal -offset indent"] + shown + [".Ed"]) if lines else ""


def topic(folder, name):
    """The lines of a topic: each a term and what it means, two blanks or more apart."""
    lines = (folder / "topics" / name).read_text(encoding="utf-8").split("\n")
    return [re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in lines[2:] if line.strip()]


def topic_items(rows, macro):
    lines = [part for term, meaning in rows for part in (f".It {macro} {word(term)}", text(meaning))]
    return "\n".join([".Bl -tag -width Ds"] + lines + [".El"])


def paragraphs(words):
    parts = [part for part in re.split(r"\n\s*\n", words.strip()) if part]
    return "\n.Pp\n".join(text(part) for part in parts)


def word(argument):
    """One argument of a macro, which is no macro itself."""
    return '"\\&' + argument.replace("\\", "\\e").replace("-", "\\-").replace('"', '""') + '"'


def names(argument):
    return [name["name"] for name in argument.get("names", [])]


def flag(name):
    return word(name if len(name) == 1 else "-" + name)


def is_shown(argument):
    return argument.get("shouldDisplay", True)


def is_common(argument):
    return bool(COMMON & set(names(argument)))


def synopsis(path, command):
    lines = [".Nm popsec"] + [f".Cm {word(name)}" for name in path]
    for argument in command.get("arguments", []):
        if not is_shown(argument) or is_common(argument):
            continue
        value = word(argument.get("valueName", "value"))
        if argument["kind"] == "positional":
            macro = f"Ar {value}"
        else:
            name = flag(argument.get("preferredName", argument["names"][0])["name"])
            macro = f"Fl {name}" + (f" Ar {value}" if argument["kind"] == "option" else "")
        more = " ..." if argument.get("isRepeating") else ""
        lines.append((".Op " if argument.get("isOptional", True) else ".") + macro + more)
    return "\n".join(lines)


def items(arguments):
    lines = []
    known = {name: argument.get("abstract") for argument in arguments for name in names(argument)}
    for argument in filter(is_shown, arguments):
        value = word(argument.get("valueName", "value"))
        if argument["kind"] == "positional":
            lines.append(f".It Ar {value}")
        else:
            takes = f" Ar {value}" if argument["kind"] == "option" else ""
            lines.append(".It " + " , ".join(f"Fl {flag(name)}{takes}" for name in names(argument)))
            # ArgumentParser says of --no-x what it says of --x.
            positive = names(argument)[0].removeprefix("no-")
            if positive not in names(argument) and known.get(positive, "") == argument.get("abstract"):
                lines.append(text(f"The opposite of --{positive}."))
                continue
        lines += [paragraphs(argument[key]) for key in ("abstract", "discussion") if argument.get(key)]
        if argument.get("allValues"):
            lines.append(text("One of: " + ", ".join(argument["allValues"]) + "."))
        if argument.get("defaultValue"):
            lines.append(text(f"The default is {argument['defaultValue']}."))
    return "\n".join([".Bl -tag -width Ds"] + lines + [".El"]) if lines else ""


def leaves(path, command):
    """The commands that do something, each with its path; help is of ArgumentParser's own making."""
    below = [sub for sub in command.get("subcommands", []) if sub["commandName"] != "help"]
    found = [] if below else [(path, command)]
    for sub in below:
        found += leaves(path + [sub["commandName"]], sub)
    return found


def described(path, command):
    own = [argument for argument in command.get("arguments", []) if not is_common(argument)]
    discussion, examples = split_examples(command.get("discussion") or "")
    parts = [paragraphs(words) for words in (command.get("abstract"), discussion) if words]
    shown = ("For example:\n" + literal(examples)) if examples else ""
    return "\n.Pp\n".join(parts) + "\n" + items(own) + ("\n.Pp\n" + shown if shown else "")


def page(name, date, abstract, body):
    # No page has a line that is empty, which mdoc takes for a mistake.
    return re.sub(r"\n{2,}", "\n", f""".Dd {date}
.Dt {name.upper()} 1
.Os
.Sh NAME
.Nm {name}
.Nd {text(abstract.rstrip(".")).replace(chr(10), " ")}
{body}
""")


def exit_status(folder):
    return (
        ".Sh EXIT STATUS\nThe numbers for what went wrong are those of\n.In sysexits.h .\n"
        + topic_items(topic(folder, "exit-codes"), "Sy"))


def command_page(command, date, folder):
    name = "popsec-" + command["commandName"]
    found = leaves([command["commandName"]], command)
    body = [".Sh SYNOPSIS", "\n.Pp\n".join(synopsis(*leaf) for leaf in found), ".Sh DESCRIPTION"]
    if len(found) == 1 and found[0][1] is command:
        body.append(described(*found[0]))
    else:
        body += [paragraphs(command[key]) for key in ("abstract", "discussion") if command.get(key)]
        for path, leaf in found:
            body += [f".Ss {word('popsec ' + ' '.join(path))}", described(path, leaf)]
    body += [
        ".Pp", "The options of all commands stand in", ".Xr popsec 1 .", exit_status(folder), ".Sh SEE ALSO",
        ".Xr popsec 1 ,\n.Xr popsec-security-file 5 ,\n.Xr popsec 7"]
    return name, page(name, date, command["abstract"], "\n".join(part for part in body if part))


def main_page(root, commands, date, folder):
    common = {}
    for command in commands:
        for _, leaf in leaves([], command):
            for argument in filter(is_common, leaf.get("arguments", [])):
                # The help of a command leaves out what all commands share.
                common.setdefault(names(argument)[0], argument | {"shouldDisplay": True})
    body = [
        ".Sh SYNOPSIS\n.Nm popsec\n.Op Ar command\n.Op Ar options", ".Sh DESCRIPTION", paragraphs(root["abstract"]),
        ".Pp", paragraphs(root.get("discussion", "")), ".Pp\nThe commands are:\n.Bl -tag -width Ds"]
    for command in commands:
        body += [f".It Xr popsec-{command['commandName']} 1", text(command["abstract"])]
    body += [
        ".El", ".Sh OPTIONS", "Most commands take these:", items(common.values()), ".Ss Names",
        topic_items(topic(folder, "names"), "Li"), ".Sh ENVIRONMENT", topic_items(topic(folder, "environment"), "Ev"),
        ".Sh FILES", topic_items(topic(folder, "files"), "Pa"), exit_status(folder), ".Sh SEE ALSO",
        ".Xr popsec-config 5 ,\n.Xr popsec-security-file 5 ,\n.Xr popsec 7"]
    return page("popsec", date, root["abstract"], "\n".join(part for part in body if part))


def main(folder, day):
    root = json.load(sys.stdin)["command"]
    year, month, number = day.split("-")
    months = "January February March April May June July August September October November December".split()
    date = f"{months[int(month) - 1]} {int(number)}, {year}"
    commands = [sub for sub in root["subcommands"] if sub["commandName"] != "help" and is_shown(sub)]
    folder = pathlib.Path(folder)
    (folder / "popsec.1").write_text(main_page(root, commands, date, folder), encoding="utf-8")
    for command in commands:
        name, content = command_page(command, date, folder)
        (folder / (name + ".1")).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
