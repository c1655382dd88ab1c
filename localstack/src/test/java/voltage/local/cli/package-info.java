/** Tests of the command line. */
@NullMarked
package voltage.local.cli;

import org.jspecify.annotations.NullMarked;
