/** Whether the forecasts still are what they were: calibration, information, wins, Sharpe ratio, and the difference to the market's price. */
@NullMarked
package voltage.forecast.monitor;

import org.jspecify.annotations.NullMarked;
