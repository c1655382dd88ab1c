/**
 * The one path for money: the executor of a lane's commands, the exchange port with its Kalshi and paper adapters, and the Lambda
 * handler around them. Wired by hand: a dependency injection container would add its start-up to every cold start and save
 * three constructor calls.
 */
@NullMarked
package voltage.lambda.execution;

import org.jspecify.annotations.NullMarked;
