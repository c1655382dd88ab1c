/** Training and measuring: what happens to the models before they serve; nothing here runs in the worker. */
@NullMarked
package voltage.training;

import org.jspecify.annotations.NullMarked;
