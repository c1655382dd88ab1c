/** Where a lane's profit comes from and where it goes: by conviction, session, regime, exit and side, in UTC days and weeks. Pure arithmetic. */
@NullMarked
package voltage.research.attribution;

import org.jspecify.annotations.NullMarked;
