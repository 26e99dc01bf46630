# Makes plain comments into Doxygen's: those before a declaration, and those behind one. The first comment of a
# file is about the file.
FNR == 1 && /^\/\// { print "/// \\file"; }
FNR == 1 && /^\/\*/ { sub(/^\/\*/, "/** \\file\n *"); print; next }
/^ *\/\/ / { sub(/\/\/ /, "/// "); text = substr($0, index($0, "///")); gsub(/[\\@<>#]/, "\\\\&", text); print substr($0, 1, index($0, "///") - 1) text; next }
/[;,{] *\/\/ / { sub(/\/\/ /, "///< "); print; next }
/^ *\/\* [^-]/ { sub(/\/\* /, "/** "); print; next }
/[;,{] *\/\* / { sub(/\/\* /, "/**< "); print; next }
{ print }
