#!/bin/sh
# What Claude Code runs after an edit, with the event on standard input: has skillcheck judge what belongs to a skill.
# Ends with 0 whatever happens, so that nothing is held up where skillcheck is missing or broken.

event=$(cat)
case $event in
*.md\"* | *plugin.json\"* | *marketplace.json\"*) ;;
*) exit 0 ;; # no string of the event ends as a file of a skill does, and nothing is started
esac

if answer=$(printf '%s' "$event" | skillcheck hook 2>/dev/null); then
    [ -z "$answer" ] || printf '%s\n' "$answer"
    exit 0
fi

case $event in
*SKILL.md\"*) ;;
*) exit 0 ;;
esac
# Told once: mkdir makes the mark and says whether it was there, in one step.
data=${CLAUDE_PLUGIN_DATA:-${TMPDIR:-/tmp}/claude-skillcheck.$(id -u)}
mkdir -p "$data" 2>/dev/null && mkdir "$data/told" 2>/dev/null || exit 0
printf '%s\n' '{"systemMessage": "Edited skills are not checked: `skillcheck hook` does not work here. Install the distribution claude-skillcheck (not skillcheck, which is another one): pipx install claude-skillcheck. This is said once."}'
