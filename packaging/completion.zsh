#compdef smtplab smtplab-mock
# Completion of smtplab and smtplab-mock for zsh. What can stand at the cursor is asked of the program itself.
_smtplab() {
  local line paths
  local -a whole begun
  for line in ${(f)"$(${(Q)~words[1]} --complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)"}; do
    case $line in
      :*) paths=$line ;;
      */) begun+=("$line") ;;
      *) whole+=("${${line//:/\\:}/$'\t'/:}") ;;
    esac
  done
  [[ $words[CURRENT] == --*=* ]] && compset -P '*='
  (( $#begun )) && compadd -S '' -a begun
  (( $#whole )) && _describe -t values 'smtplab' whole
  case $paths in
    :files) _files ;;
    :folders) _files -/ ;;
  esac
}
_smtplab "$@"
