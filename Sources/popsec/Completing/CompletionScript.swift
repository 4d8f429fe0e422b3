import ArgumentParser

/// The script by which a shell completes popsec's commands, made by ArgumentParser.
enum CompletionScript {
  static func text(for shell: CompletionShell) -> String {
    let script = CompletedPopsec.completionScript(for: shell)
    guard shell == .bash else { return script }
    return script.replacing(
      registration, with: wholeWords + "\ncomplete -o filenames -F _popsec_whole popsec")
  }

  static let registration = "complete -o filenames -F _popsec popsec"

  /// bash breaks words at `:` and `=`, as in `user:ada` and `env=prod`, and popsec doesn't. This function puts such words
  /// together, and takes `--option=value` apart. bash replaces only what follows the last break, so that what stands
  /// before the break is taken off what is offered.
  private static let wholeWords = #"""
    _popsec_whole() {
        local -a whole=()
        local line="${COMP_LINE}" word
        local -i i index=0
        for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
            word="${COMP_WORDS[i]}"
            if ((i > 1)) && [[ -n "${word}" && "${line}" != [[:space:]]* ]] \
                && [[ "${word}" == [:=]* || "${COMP_WORDS[i - 1]}" == *[:=] ]]
            then
                whole[${#whole[@]} - 1]+="${word}"
            else
                whole+=("${word}")
            fi
            line="${line#"${line%%[![:space:]]*}"}"
            line="${line#"${word}"}"
            if ((i == COMP_CWORD)); then index=${#whole[@]}-1; fi
        done
        local current="${whole[index]}"
        if [[ "${current}" == --[a-z]*=* ]]; then
            whole=("${whole[@]:0:index}" "${current%%=*}" "${current#*=}" "${whole[@]:index + 1}")
            index+=1
            current="${current#*=}"
        fi
        local offered="${current%"${2}"}"
        offered="${offered//\\/}"
        local -a COMP_WORDS=("${whole[@]}")
        local -i COMP_CWORD=index
        _popsec "${1}" "${current}" "${whole[index - 1]}"
        for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]="${COMPREPLY[i]#"${offered}"}"; done
    }
    """#
}
