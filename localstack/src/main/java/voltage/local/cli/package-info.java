/** The command line: one class a command, each a thin shell that parses, calls and prints. */
@NullMarked
package voltage.local.cli;

import org.jspecify.annotations.NullMarked;
